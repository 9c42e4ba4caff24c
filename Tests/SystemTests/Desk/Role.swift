/// The four executables.
enum Role: String, CaseIterable, Sendable {
    case api, dispatcher, scheduler, courier
}
