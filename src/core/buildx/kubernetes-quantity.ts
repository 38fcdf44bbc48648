/** A resource quantity, without the exponents that nobody writes (Kubernetes, apimachinery/pkg/api/resource). */
export const quantity = /^\d+(\.\d+)?(m|k|[KMGTPE]i?)?$/;
