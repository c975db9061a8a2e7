import { type ComponentProps, StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App.js';
import { StartFailed } from './StartFailed.js';

const root = createRoot(document.getElementById('root') ?? document.body);

export function draw(props: ComponentProps<typeof App>): void {
  root.render(
    <StrictMode>
      <App {...props} />
    </StrictMode>,
  );
}

export function drawFailed(why: ComponentProps<typeof StartFailed>['why']): void {
  root.render(<StartFailed why={why} />);
}
