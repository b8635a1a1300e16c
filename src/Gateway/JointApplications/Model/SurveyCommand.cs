namespace Integration.Gateway.JointApplications.Model;

/// <summary>A proposed visit without a fault.</summary>
internal sealed record SurveyCommand(DateTimeOffset From, DateTimeOffset Until);
