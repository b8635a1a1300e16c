using System.Net;
using Integration.Adapters.Http.Wire;
using Integration.Adapters.Ports;

namespace Integration.Adapters.Http;

/// <summary>The failures before there is an answer to read; those of reading are <see cref="WireFailure"/>.</summary>
internal static class Failures
{
    /// <summary>The deadline had passed before the question was sent.</summary>
    public static readonly AgencyFailure DeadlinePassed = new(
        FailureStage.TimeOut,
        FailureSide.Gateway,
        "deadline-passed"
    );

    /// <summary>The agency does not accept our key or token, or we could not get one.</summary>
    public static AgencyFailure Secret(string code) => new(FailureStage.Secret, FailureSide.Gateway, code);

    /// <summary>An HTTP status that is not a success; 401 and 403 say what they mean in every dialect.</summary>
    public static AgencyFailure Status(HttpStatusCode status) =>
        new(StageOf(status), SideOf(status), $"http-{(int)status}");

    private static FailureStage StageOf(HttpStatusCode status) =>
        status switch
        {
            HttpStatusCode.Unauthorized => FailureStage.Secret,
            HttpStatusCode.Forbidden => FailureStage.Authorisation,
            _ => FailureStage.Status,
        };

    private static FailureSide SideOf(HttpStatusCode status) =>
        (int)status is >= 400 and < 500 ? FailureSide.Gateway : FailureSide.Agency;
}
