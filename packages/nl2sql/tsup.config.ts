import { buildLibrary } from '../../scripts/build-library.ts';

export default buildLibrary({
  index: 'src/index.ts',
  'eval/index': 'src/eval/index.ts',
  'openai/index': 'src/openai/index.ts',
});
