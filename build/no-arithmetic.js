/** Stands for the module of ml-matrix that gives its matrices arithmetic entry by entry. */
export function installMathOperations() {}
