using System.Text.RegularExpressions;
using Integration.Contracts.Identifiers;
using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.Grants;
using Integration.Gateway.JointApplications.Model;
using Integration.Gateway.Platform.Json;
using Integration.Gateway.Policy;
using Integration.Gateway.Verifications.Intake;

namespace Integration.Gateway.JointApplications.Intake;

/// <summary>
/// Understands the one form. What is wrong is a fault and refuses the request, all faults at once; what is merely missing for one
/// utility is a gap of its leg, and the others go on.
/// </summary>
internal sealed partial class JointFormReader(
    JointApplicationRequest request,
    PolicyEdition policy,
    DateTimeOffset now,
    FaultList faults
)
{
    /// <summary>The form, or null and every fault in the list.</summary>
    /// <param name="wait">How long the caller is ready to wait.</param>
    public JointForm? Read(TimeSpan? wait)
    {
        var caseFields = CaseFields.Read(request.CaseId, request.Purpose, request.Basis, policy, now, faults);
        var kind = ReadKind();
        var applicant = Applicant.Read(request.Applicant, now, faults);
        var agent = Agent.Read(request.Agent, faults);
        if (request.Applicant is { Person: null, Enterprise: null })
        {
            faults.Add("/applicant", "missing", "The applicant is needed: person or enterprise.");
        }

        if (request.Premises is null)
        {
            faults.Add("/premises", "missing", "The premises are needed.");
        }

        var premises = new PremisesReader(request.Premises, faults).Read();
        var former = ReadFormer(kind);
        var accounts = ReadAccounts();
        var wishes = ReadWishes(kind, accounts);
        return
            faults.IsEmpty
            && caseFields is not null
            && kind is { } sound
            && applicant is not null
            && premises is not null
            ? new JointForm
            {
                Case = caseFields,
                Kind = sound,
                Applicant = applicant,
                Agent = agent,
                Mandate = agent is { IsAuthorised: true } ? request.Agent!.AuthorisationReference : null,
                Premises = premises,
                Address = request.Premises!.Address!,
                FormerHolder = former?.Value,
                Wishes = wishes,
                Wait = wait,
            }
            : null;
    }

    /// <summary>A stored form as it was understood when it came, under the policy of that day.</summary>
    public static JointForm Reread(JointApplicationRequest stored, PolicyEdition policy, DateTimeOffset now) =>
        new JointFormReader(stored, policy, now, new FaultList()).Read(wait: null)
        ?? throw new InvalidOperationException("A stored form cannot be understood under its own policy.");

    private JointKind? ReadKind()
    {
        if (request.Kind is not { } kind)
        {
            faults.Add("/kind", "missing", "One of new, transfer is expected.");
            return null;
        }

        var purpose = kind == JointKind.New ? Purposes.JointNew : Purposes.JointTransfer;
        if (policy.Knows(request.Purpose) && request.Purpose != purpose)
        {
            faults.Add("/purpose", "not-for-service", $"The kind {JsonNames.From(kind)} goes with {purpose}.");
        }

        return kind;
    }

    private PartyName? ReadFormer(JointKind? kind)
    {
        if (kind == JointKind.New && request.Former is not null)
        {
            faults.Add("/former", "unexpected", "A former holder goes with a transfer only.");
        }
        else if (kind == JointKind.Transfer && request.Former?.Holder is null)
        {
            faults.Add("/former/holder", "missing", "A transfer needs the former holder's name.");
        }

        return request.Former?.Holder is { } holder ? faults.Read("/former/holder", PartyName.Parse(holder)) : null;
    }

    private Dictionary<Utility, string> ReadAccounts()
    {
        var accounts = new Dictionary<Utility, string>();
        var given = request.Former?.Accounts ?? [];
        if (given.Count > UtilityTable.Lines.Count)
        {
            faults.Add(
                "/former/accounts",
                "length",
                $"There is one account for each utility, so {UtilityTable.Lines.Count} at most."
            );
            return accounts;
        }

        for (var i = 0; i < given.Count; i++)
        {
            var pointer = $"/former/accounts/{i}";
            if (given[i].Utility is not { } utility)
            {
                faults.Add($"{pointer}/utility", "missing", "The utility is needed.");
            }
            else if (
                IsAccount(given[i].Account, $"{pointer}/account", faults)
                && !accounts.TryAdd(utility, given[i].Account!)
            )
            {
                faults.Add(pointer, "duplicate", "Each utility has one account.");
            }
        }

        return accounts;
    }

    private List<UtilityRequest> ReadWishes(JointKind? kind, Dictionary<Utility, string> accounts)
    {
        var wishes = new List<UtilityRequest>();
        if (request.Utilities is not { Count: > 0 } ticked)
        {
            faults.Add("/utilities", "missing", "At least one utility is needed.");
            return wishes;
        }

        for (var i = 0; i < ticked.Count; i++)
        {
            var pointer = $"/utilities/{i}";
            if (ticked[i].Utility is not { } utility)
            {
                faults.Add($"{pointer}/utility", "missing", "The utility is needed.");
            }
            else if (!UtilityTable.Knows(utility) || !policy.JointClocks.Covers(utility, kind ?? JointKind.New))
            {
                faults.Add(
                    $"{pointer}/utility",
                    "not-offered",
                    $"Nothing is applied for at {JsonNames.From(utility)} here: the rules in force have no limits for it."
                );
            }
            else if (wishes.Exists(wish => wish.Utility == utility))
            {
                faults.Add(pointer, "duplicate", "Each utility is ticked once.");
            }
            else
            {
                wishes.Add(ReadWish(ticked[i], utility, pointer, kind, accounts.GetValueOrDefault(utility)));
            }
        }

        return [.. wishes.OrderBy(wish => wish.Utility)];
    }

    private UtilityRequest ReadWish(
        UtilityWish input,
        Utility utility,
        string pointer,
        JointKind? kind,
        string? account
    )
    {
        var consents = CaseFields.IsConsent(input.Consent, $"{pointer}/consent", now, faults);
        var need = input.Need ?? new UtilityNeed();
        NeedRules.Check(need, utility, $"{pointer}/need", faults);
        var wish = new UtilityRequest
        {
            Utility = utility,
            Need = need,
            Consent = consents ? input.Consent!.Reference : null,
            Account = account,
            Gaps = [],
        };
        return wish with { Gaps = NeedRules.Gaps(wish, kind ?? JointKind.New) };
    }

    /// <summary>An account number as every provider writes it.</summary>
    public static bool IsAccount(string? account, string pointer, FaultList faults)
    {
        if (account is { } given && AccountPattern().IsMatch(given))
        {
            return true;
        }

        faults.Add(pointer, account is null ? "missing" : "pattern", "An account number has 1 to 32 of A-Z a-z 0-9 -");
        return false;
    }

    [GeneratedRegex("^[A-Za-z0-9-]{1,32}\\z", RegexOptions.NonBacktracking)]
    private static partial Regex AccountPattern();
}
