/** Version of the package; a test keeps it equal to package.json. */
export const version = "2.0.0";
