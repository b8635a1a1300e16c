using Integration.Contracts.Identifiers;
using Integration.Contracts.V1.Applications;
using Integration.Contracts.V1.Events;
using Integration.Gateway.Applications.Intake;
using Integration.Gateway.Events.Model;
using Integration.Gateway.Grants;
using Integration.Gateway.Platform.Json;

namespace Integration.Gateway.Events.Intake;

/// <summary>
/// Judges what an event says. A withdrawal needs the credit code only: it hands nothing on, so it rests on no consent; what
/// else it says is judged as everywhere.
/// </summary>
internal sealed class EventDataReader(string? type, DateTimeOffset now, FaultList faults)
{
    private const int MostItems = 50;
    private const int LongestText = 64;
    private const int LongestVersion = 32;
    private const int LongestAddress = 200;
    private const decimal LargestCapacityKw = 100_000;

    private readonly bool _isWithdrawal = type == EventTypes.Withdrawn;

    /// <summary>The credit code, or null and faults.</summary>
    public CreditCode? Check(EventData? data)
    {
        if (data is null)
        {
            faults.Add("/data", "missing", "The data of the event are needed.");
            return null;
        }

        CheckText("/data/programmeVersion", data.ProgrammeVersion, LongestVersion, isNeeded: !_isWithdrawal);
        var code = CheckEnterprise(data.Enterprise);
        CheckAgent(data.Agent);
        CheckPremises(data);
        CheckUtilities(data.Utilities);
        CheckItems(data.Items ?? []);
        if (data.Transfer is not null)
        {
            faults.Add("/data/transfer", "unexpected", $"A transfer goes with {EventTypes.Transferred} only.");
        }

        CheckConsent("/data/consent", data.Consent, isNeeded: !_isWithdrawal);
        return code;
    }

    private CreditCode? CheckEnterprise(EventEnterprise? enterprise)
    {
        const string At = "/data/enterprise";
        if (enterprise is null)
        {
            faults.Add(At, "missing", "The enterprise is needed.");
            return null;
        }

        var code = faults.Read($"{At}/uscc", CreditCode.Parse(enterprise.Uscc));
        if (!string.IsNullOrWhiteSpace(enterprise.Name) || code is not { IsIndividualBusiness: true })
        {
            CheckName($"{At}/name", enterprise.Name); // an individual business may have none: its operator is checked below
        }

        CheckName($"{At}/legalRepresentative", enterprise.LegalRepresentative);
        CheckText($"{At}/entityType", enterprise.EntityType, LongestText);
        CheckText($"{At}/registeredAddress", enterprise.RegisteredAddress, LongestAddress);
        CheckText($"{At}/industryCode", enterprise.IndustryCode, LongestText);
        CheckText($"{At}/enterpriseSize", enterprise.EnterpriseSize, LongestText);
        return code;
    }

    private void CheckName(string pointer, string? name)
    {
        if (name is not null || !_isWithdrawal)
        {
            faults.Read(pointer, PartyName.Parse(name));
        }
    }

    private void CheckAgent(AgentInput? agent)
    {
        if (agent is null)
        {
            return;
        }

        faults.Read("/data/agent/name", PartyName.Parse(agent.Name));
        faults.Read("/data/agent/idNumber", ResidentId.Parse(agent.IdNumber));
        if (agent.AuthorisationReference is { } reference)
        {
            Note("/data/agent/authorisationReference", CaseRules.OfReference(reference));
        }
    }

    /// <summary>The same rules as for an application, which the event becomes.</summary>
    private void CheckPremises(EventData data)
    {
        if (data.Premises is null && EventTypes.WantsAny(data.Utilities))
        {
            faults.Add("/data/premises", "missing", "Where a utility is wanted, the place is needed.");
        }

        var found = new FaultList();
        ApplicationFormReader.CheckPremises(data.Premises, found);
        foreach (var fault in found.ToList())
        {
            faults.Add(fault with { Pointer = $"/data{fault.Pointer}" });
        }
    }

    private void CheckUtilities(EventUtilities? utilities)
    {
        Check("electricity", utilities?.Electricity);
        Check("water", utilities?.Water);
        Check("gas", utilities?.Gas);
        Check("network", utilities?.Network);
        Check("television", utilities?.Television);

        void Check(string utility, UtilityIntention? intention)
        {
            if (intention is not null)
            {
                CheckIntention($"/data/utilities/{utility}", intention, utility == "electricity");
            }
        }
    }

    private void CheckIntention(string at, UtilityIntention intention, bool hasCapacity)
    {
        if (intention.Requested is null)
        {
            faults.Add($"{at}/requested", "missing", "true or false is expected.");
        }

        if (intention.CapacityKw is not null && !hasCapacity)
        {
            faults.Add($"{at}/capacityKw", "unexpected", "A capacity goes with electricity only.");
        }
        else if (intention.CapacityKw is <= 0 or > LargestCapacityKw)
        {
            faults.Add($"{at}/capacityKw", "number-range", "A capacity is more than 0 and at most 100000 kW.");
        }

        CheckText($"{at}/use", intention.Use, LongestText);
        CheckConsent($"{at}/consent", intention.Consent, isNeeded: false);
    }

    private void CheckItems(IReadOnlyList<EventItem> items)
    {
        if (items.Count > MostItems)
        {
            faults.Add("/data/items", "length", "An event has 50 items at most.");
            return;
        }

        for (var i = 0; i < items.Count; i++)
        {
            CheckText($"/data/items/{i}/code", items[i].Code, LongestText, isNeeded: true);
            CheckText($"/data/items/{i}/status", items[i].Status, LongestText);
        }
    }

    private void CheckConsent(string at, ConsentInput? consent, bool isNeeded)
    {
        if (consent is not null)
        {
            Note($"{at}/reference", CaseRules.OfReference(consent.Reference));
            Note($"{at}/grantedAt", CaseRules.OfPast(consent.GrantedAt, now));
        }
        else if (isNeeded)
        {
            faults.Add(at, "missing", "The consent on which the data are handed on is needed.");
        }
    }

    private void Note(string pointer, (string Code, string Message)? fault)
    {
        if (fault is { } found)
        {
            faults.Add(pointer, found.Code, found.Message);
        }
    }

    private void CheckText(string pointer, string? text, int longest, bool isNeeded = false)
    {
        if (text is null)
        {
            if (isNeeded)
            {
                faults.Add(pointer, "missing", $"1 to {longest} characters are needed.");
            }
        }
        else if (string.IsNullOrWhiteSpace(text) || text.Length > longest || text.Any(char.IsControl))
        {
            faults.Add(pointer, "length", $"1 to {longest} characters without control characters are expected.");
        }
    }
}
