using Integration.Adapters.Ports;

namespace Integration.Adapters.Http;

/// <summary>
/// What an agency folder makes of one well-formed answer. A failure at stage
/// <see cref="FailureStage.Authorisation"/> becomes <see cref="AgencyAnswer{T}.Refused"/>, any other
/// <see cref="AgencyAnswer{T}.Unanswered"/>.
/// </summary>
internal abstract record Finding<TFacts>
{
    private Finding() { }

    public sealed record Found(TFacts Facts) : Finding<TFacts>;

    public sealed record Several(int Count) : Finding<TFacts>;

    public sealed record Unknown : Finding<TFacts>;

    public sealed record Failed(AgencyFailure Failure) : Finding<TFacts>;

    /// <summary>So that a reader can write <c>return WireFailure.Binding("uscc");</c>.</summary>
    public static implicit operator Finding<TFacts>(AgencyFailure failure) => new Failed(failure);

    /// <summary>So that a reader can write <c>return new IdentityFacts(…);</c>.</summary>
    public static implicit operator Finding<TFacts>(TFacts facts) => new Found(facts);
}
