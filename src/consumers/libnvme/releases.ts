/** The release whose outputs the expected files of the project hold. */
export const RECORDED_RELEASE = "3.0-rc1";

/** The last nvme-cli with libnvme 1.x: whose tables those see that load libnvme.so.1 or call nvme-cli 2.x. */
export const LIBNVME_1 = "2.16";
