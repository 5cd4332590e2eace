/** Short form path of the UEFI shell inside OVMF: as the first boot option it skips the wait for network boots. */
export const shellPath = "Fv(7CB8BDC9-F8EB-4F34-AAEA-3EE4AF6516A1)/FvFile(7C04A583-9E3E-4F1C-AD65-E05268D0B4D1)";
