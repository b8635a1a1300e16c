using System.Text.RegularExpressions;
using Integration.Contracts.Identifiers;
using Integration.Contracts.V1.Applications;
using Integration.Gateway.Applications.Model;
using Integration.Gateway.Platform.Json;
using Integration.Gateway.Policy;
using Integration.Gateway.Verifications.Intake;

namespace Integration.Gateway.Applications.Intake;

/// <summary>Understands an application. Every part is read, sound or not, so that all faults are listed at once.</summary>
internal sealed partial class ApplicationFormReader(
    ApplicationRequest request,
    PolicyEdition policy,
    DateTimeOffset now,
    FaultList faults
)
{
    private const decimal LargestCapacityKw = 100_000;
    private const int LongestUse = 64;

    /// <summary>The form, or null and every fault in the list.</summary>
    /// <param name="wait">How long the caller is ready to wait.</param>
    public ApplicationForm? Read(TimeSpan? wait)
    {
        var caseFields = CaseFields.Read(request.CaseId, request.Purpose, request.Basis, policy, now, faults);
        var service = ReadService();
        var parties = new PartiesReader(request, service, now, faults);
        var applicant = parties.ReadApplicant();
        var agent = parties.ReadAgent();
        var members = parties.ReadMembers();
        var premises = new PremisesReader(request.Premises, faults).Read();
        var formerName = request.FormerName is { } given ? faults.Read("/formerName", PartyName.Parse(given)) : null;
        CheckCapacity();
        CheckUse();
        CheckAccount();
        CheckChannel();
        CheckNeeds(service);
        return faults.IsEmpty && caseFields is not null && service is not null && applicant is not null
            ? new ApplicationForm
            {
                Case = caseFields,
                Service = service,
                Channel = request.Channel!,
                Applicant = applicant,
                Agent = agent,
                Premises = premises,
                CapacityKw = request.CapacityKw,
                Use = request.Use,
                Account = request.Account,
                FormerName = formerName,
                Members = members,
                Wait = wait,
            }
            : null;
    }

    /// <summary>What an application would say of its premises, for what is going to be one.</summary>
    public static void CheckPremises(PremisesInput? premises, FaultList faults) =>
        new PremisesReader(premises, faults).Read();

    private ServicePolicy? ReadService()
    {
        var service = policy.Service(request.ServiceType);
        if (request.ServiceType is null)
        {
            faults.Add("/serviceType", "missing", "A service type is needed.");
        }
        else if (service is null)
        {
            var known = string.Join(", ", policy.Services.Select(each => each.Name));
            faults.Add("/serviceType", "unknown-value", $"One of {known} is expected.");
        }
        else if (policy.Knows(request.Purpose) && !service.Purposes.Contains(request.Purpose!, StringComparer.Ordinal))
        {
            faults.Add("/purpose", "not-for-service", $"The service allows {string.Join(", ", service.Purposes)}.");
        }

        return service;
    }

    private void CheckCapacity()
    {
        if (request.CapacityKw is <= 0 or > LargestCapacityKw)
        {
            faults.Add("/capacityKw", "number-range", "A capacity is more than 0 and at most 100000 kW.");
        }
    }

    private void CheckUse()
    {
        if (request.Use is { } use && (use.Length is 0 or > LongestUse || use.Any(char.IsControl)))
        {
            faults.Add("/use", "length", "A use has 1 to 64 characters, no control characters.");
        }
    }

    private void CheckAccount()
    {
        if (request.Account is { } account && !AccountPattern().IsMatch(account))
        {
            faults.Add("/account", "pattern", "An account number has 1 to 32 of A-Z a-z 0-9 -");
        }
    }

    private void CheckChannel()
    {
        if (request.Channel is null)
        {
            faults.Add("/channel", "missing", "The channel is needed.");
        }
        else if (!ChannelPattern().IsMatch(request.Channel))
        {
            faults.Add("/channel", "pattern", "A channel has 1 to 32 of a-z 0-9 -");
        }
    }

    private void CheckNeeds(ServicePolicy? service)
    {
        var absent = (service?.Needs ?? []).Select(PointerIfAbsent).OfType<string>();
        foreach (var pointer in absent)
        {
            faults.Add(pointer, "missing", $"The service {service!.Name} needs it.");
        }
    }

    private string? PointerIfAbsent(RequestPart part) =>
        part switch
        {
            RequestPart.Premises when request.Premises is null => "/premises",
            RequestPart.Account when request.Account is null => "/account",
            RequestPart.Capacity when request.CapacityKw is null => "/capacityKw",
            RequestPart.FormerName when request.FormerName is null => "/formerName",
            RequestPart.Members when request.Members is not { Count: > 0 } => "/members",
            _ => null,
        };

    [GeneratedRegex("^[A-Za-z0-9-]{1,32}$", RegexOptions.NonBacktracking)]
    private static partial Regex AccountPattern();

    [GeneratedRegex("^[a-z0-9-]{1,32}$", RegexOptions.NonBacktracking)]
    private static partial Regex ChannelPattern();
}
