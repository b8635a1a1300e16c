using Integration.Adapters.Ports;

namespace Integration.Gateway.JointApplications.Model;

/// <summary>What is done for a leg in one step, with what that needs.</summary>
internal abstract record LegAction
{
    private LegAction() { }

    /// <summary>Nothing: it waits for the applicant, its provider or an authority.</summary>
    public sealed record None : LegAction;

    /// <summary>It is put on its provider's work list.</summary>
    /// <param name="Work">What the leg's work is then.</param>
    public sealed record List(LegWork Work) : LegAction;

    /// <summary>Its provider is called.</summary>
    public sealed record Call(ICalledProvider Provider, LegStep Step) : LegAction;
}

/// <summary>The steps of <see cref="LegTable"/>.</summary>
internal enum LegStep
{
    /// <summary>Nothing: it waits for the applicant, its provider or an authority.</summary>
    None,

    /// <summary>Put it on the provider's work list.</summary>
    List,

    /// <summary>Put its withdrawal on the provider's work list.</summary>
    ListWithdrawal,

    /// <summary>Ask whether the account may go over.</summary>
    PreCheck,

    /// <summary>Hand it in.</summary>
    Send,

    /// <summary>Ask whether it arrived, or was taken back.</summary>
    Find,

    /// <summary>Look for statuses.</summary>
    Poll,

    /// <summary>Propose the visit.</summary>
    Offer,

    /// <summary>Put the visit on the provider's work list.</summary>
    ListVisit,

    /// <summary>Take it back.</summary>
    Withdraw,
}
