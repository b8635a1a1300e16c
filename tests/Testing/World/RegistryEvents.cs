using Integration.Contracts.V1.Applications;
using Integration.Contracts.V1.Events;
using Integration.Contracts.V1.JointApplications;

namespace Integration.Testing.World;

/// <summary>Transfers of a registry that are complete and right; a test changes what it is about with <c>with</c>.</summary>
public static class RegistryEvents
{
    /// <summary>The account of every utility.</summary>
    public const string Account = "W-100";

    /// <summary>A resident has got a home, and takes over these utilities' accounts.</summary>
    public static EventInput Transferred(params IReadOnlyList<Utility> utilities) =>
        Transferred("p01", "t01", utilities);

    /// <summary>A resident has got a home, and takes over these utilities' accounts.</summary>
    public static EventInput Transferred(
        string personKey,
        string titleKey,
        IReadOnlyList<Utility> utilities,
        DateTimeOffset? time = null
    ) =>
        new()
        {
            SpecVersion = "1.0",
            Id = MunicipalEvents.NewId(),
            Source = "municipal-9210",
            Type = "registry.transferred",
            Time = time ?? TimeProvider.System.GetUtcNow(),
            Data = new EventData
            {
                Transfer = new EventTransfer
                {
                    Applicant = new ApplicantInput { Person = SyntheticWorld.Person(personKey) },
                    Basis = HallRequests.Consent,
                    Premises = SyntheticWorld.Premises(titleKey),
                    Former = new FormerHolderInput
                    {
                        Holder = "旧户主",
                        Accounts =
                        [
                            .. utilities.Select(utility => new AccountInput { Utility = utility, Account = Account }),
                        ],
                    },
                    Utilities = [.. utilities.Select(utility => JointRequests.Wish(utility) with { Need = null })],
                },
            },
        };

    /// <summary>The event with another transfer.</summary>
    public static EventInput With(this EventInput input, Func<EventTransfer, EventTransfer> change) =>
        input with
        {
            Data = input.Data! with { Transfer = change(input.Data.Transfer!) },
        };
}
