public import UseCases

extension DeliveryRefusal: ProblemConvertible {
    public var problem: Problem {
        switch self {
        case .endpointInactive: Problem(.conflict, "The webhook endpoint is disabled or gone: activate it first.")
        }
    }
}
