using Integration.Adapters.Ports;

namespace Integration.Adapters.Http;

/// <summary>
/// What an agency folder makes of one well-formed answer. A failure at stage
/// <see cref="FailureStage.Authorisation"/> becomes <see cref="AgencyAnswer{T}.Refused"/>, any other
/// <see cref="AgencyAnswer{T}.Unanswered"/>.
/// </summary>
internal abstract record Reading<TFacts>
{
    private Reading() { }

    public sealed record Found(TFacts Facts) : Reading<TFacts>;

    public sealed record Several(int Count) : Reading<TFacts>;

    public sealed record Unknown : Reading<TFacts>;

    public sealed record Failed(AgencyFailure Failure) : Reading<TFacts>;

    /// <summary>So that a reader can write <c>return WireFailure.Binding("uscc");</c>.</summary>
    public static implicit operator Reading<TFacts>(AgencyFailure failure) => new Failed(failure);

    /// <summary>So that a reader can write <c>return new IdentityFacts(…);</c>.</summary>
    public static implicit operator Reading<TFacts>(TFacts facts) => new Found(facts);
}
