import { lazy, type ReactElement, Suspense } from 'react';
import { Route, Routes } from 'react-router';
import { FirstPage } from './shell/FirstPage.js';
import { NotFoundPage } from './shell/NotFoundPage.js';
import { Shell } from './shell/Shell.js';
import { PaneLoading, RowsLoading } from './ui/Loading.js';

/** The first page is fetched with what is around it; the others when they are asked for. */
const firstPage = import('./today/TodayPage.js');
const TodayPage = lazy(async () => ({ default: (await firstPage).TodayPage }));
const RequestsPage = lazy(async () => ({ default: (await import('./requests/RequestsPage.js')).RequestsPage }));
const WorkloadPage = lazy(async () => ({ default: (await import('./workload/WorkloadPage.js')).WorkloadPage }));
const NumbersPage = lazy(async () => ({ default: (await import('./numbers/NumbersPage.js')).NumbersPage }));
const ReviewsPage = lazy(async () => ({ default: (await import('./reviews/ReviewsPage.js')).ReviewsPage }));
const DuePage = lazy(async () => ({ default: (await import('./reviews/DuePage.js')).DuePage }));
const PlannerPage = lazy(async () => ({ default: (await import('./reviews/PlannerPage.js')).PlannerPage }));
const PlanPage = lazy(async () => ({ default: (await import('./reviews/PlanPage.js')).PlanPage }));
const EmergencyPage = lazy(async () => ({ default: (await import('./learners/EmergencyPage.js')).EmergencyPage }));
const LearnersPage = lazy(async () => ({ default: (await import('./learners/LearnersPage.js')).LearnersPage }));
const ChangesPage = lazy(async () => ({ default: (await import('./learners/ChangesPage.js')).ChangesPage }));
const MatchesPage = lazy(async () => ({ default: (await import('./learners/MatchesPage.js')).MatchesPage }));
const QualityPage = lazy(async () => ({ default: (await import('./learners/QualityPage.js')).QualityPage }));
const ImportPage = lazy(async () => ({ default: (await import('./learners/ImportPage.js')).ImportPage }));
const SettingsPage = lazy(async () => ({ default: (await import('./settings/SettingsPage.js')).SettingsPage }));

const list = (page: ReactElement) => <Suspense fallback={<RowsLoading />}>{page}</Suspense>;
const one = (page: ReactElement) => <Suspense fallback={<PaneLoading />}>{page}</Suspense>;

/** Every page of the tab. Its addresses are made in paths.ts. */
export function TabRoutes() {
  return (
    <Routes>
      <Route element={<Shell />}>
        <Route index element={<FirstPage />} />
        <Route path="today" element={one(<TodayPage />)} />
        <Route path="workload/:person?" element={list(<WorkloadPage />)} />
        <Route path="numbers" element={one(<NumbersPage />)} />
        <Route path="requests/:reference?" element={list(<RequestsPage />)} />
        <Route path="reviews/due" element={list(<DuePage />)} />
        <Route path="reviews/planner" element={one(<PlannerPage />)} />
        <Route path="reviews/plan" element={one(<PlanPage />)} />
        <Route path="reviews/:reference?" element={list(<ReviewsPage />)} />
        <Route path="learners/:id?" element={list(<LearnersPage />)} />
        <Route path="register/changes" element={list(<ChangesPage />)} />
        <Route path="register/matches" element={one(<MatchesPage />)} />
        <Route path="register/quality" element={one(<QualityPage />)} />
        <Route path="register/import/:id?" element={one(<ImportPage />)} />
        <Route path="emergency" element={one(<EmergencyPage />)} />
        <Route path="settings/:section?" element={one(<SettingsPage />)} />
        <Route path="*" element={<NotFoundPage />} />
      </Route>
    </Routes>
  );
}
