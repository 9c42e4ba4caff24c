public import Hummingbird

/// The context of requests on the admin port; bodies are small commands.
public struct AdminRequestContext: RequestContext {
    public var coreContext: CoreRequestContextStorage

    public init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
    }

    public var maxUploadSize: Int { 65_536 }
}
