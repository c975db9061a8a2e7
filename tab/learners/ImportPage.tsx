import { useParams } from 'react-router';
import { FailedState } from '../ui/FailedState.js';
import { PaneLoading } from '../ui/Loading.js';
import { say } from '../words.js';
import { useExtract } from './extract-queries.js';
import { ExtractList } from './ExtractList.js';
import { ExtractResult } from './ExtractResult.js';
import { MappingStep } from './MappingStep.js';
import { PreviewStep } from './PreviewStep.js';
import { RegisterRoom } from './RegisterRoom.js';

/** Drop a file, say what its columns are, see what would happen, take it, and if it was wrong undo it. */
export function ImportPage() {
  const { id } = useParams();
  return (
    <RegisterRoom here="import" needs="extract.manage" title={say('import.title')}>
      {id ? <OneExtract key={id} id={id} /> : <ExtractList />}
    </RegisterRoom>
  );
}

function OneExtract({ id }: { readonly id: string }) {
  const query = useExtract(id);
  if (query.isPending) return <PaneLoading />;
  if (query.isError) return <FailedState error={query.error} again={() => void query.refetch()} />;
  const extract = query.data;
  switch (extract.state) {
    case 'uploaded':
      return <MappingStep extract={extract} />;
    case 'previewed':
      return <PreviewStep extract={extract} />;
    default:
      return <ExtractResult extract={extract} />;
  }
}
