const octet = '(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)';
const four = new RegExp(`^${octet}(?:\\.${octet}){3}$`);

/** True for an IPv4 or IPv6 address without brackets. */
export function isAddress(text: string): boolean {
  return (
    four.test(text) || (/^[\da-f:.]*:[\da-f:.]*$/i.test(text) && URL.canParse(`http://[${text}]`))
  );
}
