namespace Integration.Gateway.Tests.JointApplications.Model;

/// <summary>What happens to one call of a provider.</summary>
internal enum Fate
{
    /// <summary>It works.</summary>
    Answered,

    /// <summary>No connection: nothing left us.</summary>
    NotSent,

    /// <summary>It never arrives, and no answer comes.</summary>
    RequestLost,

    /// <summary>It is done, and no answer comes.</summary>
    AnswerLost,

    /// <summary>It is done, and the answer comes when the model likes, or never.</summary>
    AnswerLate,

    /// <summary>It arrives when the model likes, or never; no answer comes.</summary>
    RequestLate,

    /// <summary>The provider says no, and keeps nothing.</summary>
    Rejected,

    /// <summary>The provider says that something is missing, and keeps nothing.</summary>
    Returned,

    /// <summary>The provider says that it does not have it, although it may.</summary>
    Forgotten,

    /// <summary>The gateway dies before it puts the answer on record.</summary>
    Killed,
}
