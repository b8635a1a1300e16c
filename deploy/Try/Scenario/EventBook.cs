using System.Globalization;
using System.Text.Json;
using Integration.Contracts;
using Integration.Contracts.V1.Applications;
using Integration.Contracts.V1.Events;

namespace Integration.Try.Scenario;

/// <summary>
/// The events of one enterprise as its source counts them, kept in the data directory: the first opens the enterprise, each
/// later start changes what it wants. What was not acknowledged is pushed again, byte for byte.
/// </summary>
internal sealed class EventBook(string directory, string source, FixtureInputs inputs, TimeProvider time)
{
    private const decimal FirstCapacity = 80;
    private const decimal Step = 5;
    private const int Steps = 4;

    /// <summary>The event to push now, and its number.</summary>
    public (int Sequence, byte[] Content) Next()
    {
        Directory.CreateDirectory(directory);
        var sequence = 1;
        while (File.Exists(ReceiptOf(sequence)))
        {
            sequence++;
        }

        if (!File.Exists(ContentOf(sequence)))
        {
            var draft = $"{ContentOf(sequence)}.new";
            File.WriteAllBytes(draft, JsonSerializer.SerializeToUtf8Bytes(Event(sequence), IntegrationJson.Options));
            File.Move(draft, ContentOf(sequence));
        }

        return (sequence, File.ReadAllBytes(ContentOf(sequence)));
    }

    /// <summary>It was acknowledged.</summary>
    public void Acknowledged(int sequence, EventReceipt receipt) =>
        File.WriteAllBytes(
            ReceiptOf(sequence),
            JsonSerializer.SerializeToUtf8Bytes(receipt, IntegrationJson.AnswerOptions)
        );

    private string ContentOf(int sequence) => PathOf(sequence, "event.json");

    private string ReceiptOf(int sequence) => PathOf(sequence, "receipt.json");

    private string PathOf(int sequence, string name) =>
        Path.Combine(directory, string.Create(CultureInfo.InvariantCulture, $"{sequence:0000}.{name}"));

    private EventInput Event(int sequence)
    {
        var now = time.GetUtcNow();
        var number = sequence.ToString(CultureInfo.InvariantCulture);
        return new EventInput
        {
            SpecVersion = "1.0",
            Id = string.Create(CultureInfo.InvariantCulture, $"TRY-{now:yyyyMMddHHmmssfff}-{sequence}"),
            Source = source,
            Type = sequence == 1 ? "enterprise.opened" : "enterprise.intent-changed",
            Time = now,
            DataContentType = "application/json",
            Sequence = number,
            Data = Data(sequence, now),
        };
    }

    private EventData Data(int sequence, DateTimeOffset now)
    {
        var company = inputs.Company("c01");
        return new EventData
        {
            ProgrammeVersion = "9210",
            Enterprise = new EventEnterprise
            {
                Name = company.Name,
                Uscc = company.Uscc,
                LegalRepresentative = company.LegalRepresentative,
                EstablishedOn = DateOnly.FromDateTime(now.UtcDateTime.AddDays(-1)),
            },
            Premises = inputs.Premises("t-company"),
            Utilities = new EventUtilities
            {
                Electricity = new UtilityIntention
                {
                    Requested = true,
                    CapacityKw = FirstCapacity + (Step * ((sequence - 1) % Steps)),
                },
            },
            Consent = new ConsentInput { Reference = "CONSENT-9210", GrantedAt = now.AddMinutes(-10) },
        };
    }
}
