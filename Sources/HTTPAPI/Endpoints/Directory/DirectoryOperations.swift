/// Everything that a tenant configures and everybody it names.
enum DirectoryOperations {
    static let all: [Operation] = []

    static func addRoutes(to routes: inout APIRoutes, _ environment: APIEnvironment) {}
}
