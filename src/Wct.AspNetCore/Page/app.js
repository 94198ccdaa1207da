// Starts the page.
import { getOptions } from './client.js';
import { showPhotoCard, showStyleCards } from './cards.js';
import { announce, find } from './dom.js';
import { buildSettings } from './look.js';
import { prepareMasks } from './masktools.js';
import { describe } from './options.js';
import { showSamples, takePictures } from './pictures.js';
import { prepareRuns, showProblem } from './run.js';
import { buildDownload } from './save.js';
import { buildShare } from './share.js';
import { prepareStage, showStage } from './stage.js';
import { changed, freshLevels, onChange, reset, restore, state } from './store.js';

const address = name => document.querySelector(`meta[name="wct-${name}"]`).content;

try {
  await start();
} catch (error) {
  announce('The page could not start.');
  showProblem(error);
}

async function start() {
  state.server = describe(await getOptions(address('stylize')));
  state.levels = freshLevels();
  restore();
  find('machine').textContent = state.server.device;
  prepareStage();
  prepareMasks();
  prepareRuns(address('stylize'));
  onChange(show);
  showSamples(address('page'), address('stylize'));
  takePictures();
  buildDownload(address('stylize'));
  buildShare(rebuild);
  rebuild();
  find('reset').addEventListener('click', () => {
    reset();
    rebuild();
    changed('settings');
    announce('All settings have their defaults.');
  });
  find('settings').addEventListener('submit', event => event.preventDefault());
  announce('Choose a photo and a painting.');
  changed('start');
}

// The controls show the state as it is now.
function rebuild() {
  buildSettings();
  showPhotoCard();
  showStyleCards();
}

function show(part) {
  if (part === 'photo')
    showPhotoCard();
  if (part === 'photo' || part === 'styles')
    showStyleCards();
  if (part === 'photo' || part === 'mask' || part === 'result')
    showStage();
  find('download-box').hidden = state.result === null;
}
