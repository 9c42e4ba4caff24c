public import Hummingbird

/// The context of a request whose caller is known: only the door that authenticates can make one.
public struct TenantContext: ChildRequestContext {
    public var coreContext: CoreRequestContextStorage
    public let requestID: String
    public let principal: Principal
    let exchange: Exchange

    /// - Throws: 401 where nobody was authenticated.
    public init(context: APIContext) throws {
        guard let principal = context.principal else { throw BearerCredential.missing }
        coreContext = context.coreContext
        requestID = context.requestID
        exchange = context.exchange
        self.principal = principal
    }

    public var maxUploadSize: Int { APILimits.bodyBytes }
}
