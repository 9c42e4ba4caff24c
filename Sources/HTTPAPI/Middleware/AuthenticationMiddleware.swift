import Hummingbird

/// Finds out who the caller is, before anything else of the request is looked at.
struct AuthenticationMiddleware: RouterMiddleware {
    typealias Context = APIContext

    let authenticator: any Authenticator

    func handle(_ request: Request, context: APIContext, next: (Request, APIContext) async throws -> Response) async throws -> Response {
        let key = try BearerCredential.key(in: request.headers)
        guard let principal = try await authenticator.authenticate(key) else { throw BearerCredential.invalid }
        try context.exchange.authenticated(principal)
        var context = context
        context.principal = principal
        return try await next(request, context)
    }
}
