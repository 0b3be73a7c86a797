import { buildLibrary } from '../../scripts/build-library.ts';

export default buildLibrary();
