using Integration.Adapters.Ports;

namespace Integration.Gateway.Verifications.Comparing;

/// <summary>What one agency said about a claim, without its record: that is gone once it was compared.</summary>
internal abstract record SourceAnswer(CallTrace Trace)
{
    /// <summary>It has the record.</summary>
    public sealed record Known(CallTrace Trace, Finding Finding) : SourceAnswer(Trace);

    /// <summary>It has several records that fit.</summary>
    public sealed record Several(CallTrace Trace, int Count) : SourceAnswer(Trace);

    /// <summary>It has no such record.</summary>
    public sealed record Unknown(CallTrace Trace) : SourceAnswer(Trace);

    /// <summary>It may not tell us.</summary>
    public sealed record Refused(CallTrace Trace, AgencyFailure Failure) : SourceAnswer(Trace);

    /// <summary>It gave no usable answer.</summary>
    public sealed record Unanswered(CallTrace Trace, AgencyFailure Failure) : SourceAnswer(Trace);

    /// <summary>No need to ask another source.</summary>
    public bool Settles => this is Known or Several;

    /// <summary>Compares the record and lets go of it.</summary>
    public static SourceAnswer From<TFacts>(AgencyAnswer<TFacts> answer, Func<TFacts, Finding> compare) =>
        answer switch
        {
            AgencyAnswer<TFacts>.Found found => new Known(found.Trace, compare(found.Facts)),
            AgencyAnswer<TFacts>.Several several => new Several(several.Trace, several.Count),
            AgencyAnswer<TFacts>.Unknown unknown => new Unknown(unknown.Trace),
            AgencyAnswer<TFacts>.Refused refused => new Refused(refused.Trace, refused.Failure),
            AgencyAnswer<TFacts>.Unanswered unanswered => new Unanswered(unanswered.Trace, unanswered.Failure),
            _ => throw new InvalidOperationException("An agency answer is one of five."),
        };
}
