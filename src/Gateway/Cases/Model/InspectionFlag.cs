namespace Integration.Gateway.Cases.Model;

/// <summary>Something an inspector would look at. Stored with the case.</summary>
/// <param name="Flag">What, e.g. <c>late-start</c>.</param>
/// <param name="At">When it was noticed.</param>
/// <param name="Detail">More, without personal data.</param>
internal sealed record InspectionFlag(string Flag, DateTimeOffset At, string Detail);
