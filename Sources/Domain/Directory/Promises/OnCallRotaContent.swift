/// An on-call rota of a tenant.
public struct OnCallRotaContent: VersionedContent {
    public typealias Kind = Entity.Rota
    public var name: String
    public var rota: OnCallRota

    public init(name: String, rota: OnCallRota) {
        self.name = name
        self.rota = rota
    }
}
