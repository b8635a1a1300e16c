using Integration.Adapters.Http.Wire;
using Integration.Adapters.Ports;

namespace Integration.Adapters.Http;

/// <summary>The failures before there is an answer to read; those of reading are <see cref="WireFailure"/>.</summary>
internal static class CallFailure
{
    /// <summary>The deadline had passed before the question was sent.</summary>
    public static readonly AgencyFailure DeadlinePassed = new(
        FailureStage.TimeOut,
        FailureSide.Gateway,
        "deadline-passed"
    );

    /// <summary>The agency does not accept our key or token, or we could not get one.</summary>
    public static AgencyFailure Secret(string code) => new(FailureStage.Secret, FailureSide.Gateway, code);
}
