public import Hummingbird
import Logging

/// The context of every request, before anybody is authenticated.
public struct APIContext: RequestContext {
    public var coreContext: CoreRequestContextStorage
    /// Ours, always generated: the server's counter behind a random prefix, which its log lines carry too.
    public let requestID: String
    let exchange: Exchange
    var principal: Principal?

    public init(source: Source) {
        coreContext = CoreRequestContextStorage(source: source)
        requestID = source.logger[metadataKey: "hb.request.id"]?.description ?? RequestID().description
        exchange = Exchange(requestID: requestID, started: .now, channel: source.channel)
    }

    /// The longest request body, in bytes (api.md 2).
    public var maxUploadSize: Int { APILimits.bodyBytes }
}
