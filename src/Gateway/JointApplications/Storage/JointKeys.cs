using Integration.Gateway.Platform.Protection;

namespace Integration.Gateway.JointApplications.Storage;

/// <summary>What a joint application is found by.</summary>
/// <param name="Open">Kind, applicant and place: only one with it is open.</param>
/// <param name="Site">The place.</param>
internal sealed record JointKeys(SubjectHash Open, SubjectHash Site);
