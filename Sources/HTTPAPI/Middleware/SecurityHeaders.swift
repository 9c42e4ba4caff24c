import HTTPTypes

/// The fields of every answer (api.md 8). CORS is off: no field allows another origin to read.
enum SecurityHeaders {
    private static let fields: [HTTPField] = [
        HTTPField(name: .cacheControl, value: "no-store"),
        HTTPField(name: .xContentTypeOptions, value: "nosniff"),
        HTTPField(name: .strictTransportSecurity, value: "max-age=63072000; includeSubDomains"),
        HTTPField(name: .contentSecurityPolicy, value: "default-src 'none'; frame-ancestors 'none'"),
    ]

    static func add(to headers: inout HTTPFields) {
        for field in fields {
            headers.append(field)
        }
    }
}
