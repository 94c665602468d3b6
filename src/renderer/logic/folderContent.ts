/** What a folder that the user chose holds, told by the names of its files. */

type Named = { readonly path: string };

const wanted = /^(model_parameter_update\d+\.pth|model_info_dictionary\.npy|pset\.npy|error(normalized)?_store\.npy)$/;

/** Files of trained networks: those in the chosen folder and in the folders inside it. */
export function networkFiles<F extends Named>(files: readonly F[]): F[] {
  return files.filter(({ path }) => wanted.test(partsOf(path).at(-1)!) && partsOf(path).length <= 3);
}

/** Files that may be units: those in the folder itself, as the host reads them. */
export function unitFiles<F extends Named>(files: readonly F[]): F[] {
  return files.filter(({ path }) => partsOf(path).length === 2 && /^[^.].*\.mat$/i.test(partsOf(path)[1]));
}

/** Why a folder with neither cannot be imported, and what can. */
export function whyNothing(name: string, files: readonly Named[]): string {
  const inner = files.find(({ path }) => partsOf(path).length > 2 && /\.mat$/i.test(path));
  const found =
    files.length === 0
      ? 'no file'
      : inner
        ? `.mat files in folders inside it ("${partsOf(inner.path)[1]}")`
        : 'neither';
  const advice = inner
    ? 'Choose the folder that they are in.'
    : 'Choose another folder, or import the files one by one.';
  return `Importing the folder "${name}": expected .mat files with one unit each (Mante et al. 2013), or trained networks of the published scripts, found ${found}. ${advice}`;
}

const partsOf = (path: string): string[] => path.split('/');
