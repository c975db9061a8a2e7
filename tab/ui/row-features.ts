import { tableFeatures } from '@tanstack/react-table';

/** The lists are sorted and filtered by the service: the table only lays out columns. */
export const rowFeatures = tableFeatures({});
