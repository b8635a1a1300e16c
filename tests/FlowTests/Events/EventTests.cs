using System.Net;
using Integration.Contracts.V1.Applications;
using Integration.Contracts.V1.Events;
using Integration.Testing.Drivers;
using Integration.Testing.World;

namespace Integration.FlowTests.Events;

/// <summary>One event from the sender's signature to the application.</summary>
public sealed class EventTests(SharedHost shared) : IClassFixture<SharedHost>
{
    [Fact]
    public async Task A_signed_event_is_acknowledged_and_becomes_an_application()
    {
        using var municipal = shared.Host.Municipal();
        var receipt = await municipal.AcceptedAsync(MunicipalEvents.Opened());

        Assert.Equal(ReceiptStatus.Accepted, receipt.Status);
        var done = await Eventually.GetAsync(
            "the event is processed",
            () => municipal.ReadAsync(receipt.ReceiptId),
            answer => answer.State == EventState.Processed
        );
        Assert.Equal("accepted", done.Result);
        var application = await shared.Host.Hall.Api.GetApplicationAsync(done.ApplicationId!);
        Assert.Equal(receipt.CaseId, application.CaseId);
        Assert.Equal(DecisionOutcome.ZeroCertificate, application.Decision.Outcome);
        using var page = await shared.Host.Hall.GetAsync($"/v1/cases/{receipt.CaseId}");
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
    }
}
