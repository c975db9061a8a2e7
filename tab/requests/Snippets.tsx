import { Button, Menu, MenuItem, MenuList, MenuPopover, MenuTrigger } from '@fluentui/react-components';
import { say } from '../words.js';
import { useSnippets } from './request-queries.js';

/** The council's own short answers. Nothing is shown where there are none. */
export function Snippets({ onChoose }: { readonly onChoose: (text: string) => void }) {
  const { data } = useSnippets();
  const items = data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <div>
      <Menu>
        <MenuTrigger disableButtonEnhancement>
          <Button size="small">{say('composer.snippets')}</Button>
        </MenuTrigger>
        <MenuPopover>
          <MenuList>
            {items.map(({ title, text, link, stale }) => (
              <MenuItem key={title} onClick={() => onChoose(link ? `${text}\n${link}` : text)}>
                {stale ? say('composer.staleSnippet', { title }) : title}
              </MenuItem>
            ))}
          </MenuList>
        </MenuPopover>
      </Menu>
    </div>
  );
}
