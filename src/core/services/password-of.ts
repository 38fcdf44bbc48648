/** The password of a service, the same each time it is asked for; already masked. */
export type PasswordOf = (service: string) => string;
