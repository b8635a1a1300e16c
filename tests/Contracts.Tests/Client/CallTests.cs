using System.Text.Json;
using Integration.Contracts.Client;
using Integration.Contracts.V1.Applications;
using Integration.Contracts.V1.Verifications;

namespace Integration.Contracts.Tests.Client;

public class CallTests
{
    [Fact]
    public async Task A_verification_goes_out_and_comes_back_typed()
    {
        await using var gateway = await GatewayStub.StartAsync();

        var answer = await gateway
            .Client()
            .VerifyAsync(
                new VerificationRequest
                {
                    CaseId = "HALL-1",
                    Basis = new LegalBasis { Kind = BasisKind.LegalDuty },
                    Person = new PersonInput { Name = "张三" },
                    Checks = [CheckName.Identity, CheckName.BusinessLicence],
                },
                "key-1",
                "wait=3"
            );

        Assert.Equal(CheckOutcome.SourceUnavailable, Assert.Single(answer.Checks).Outcome);
        var request = Assert.Single(gateway.ApiRequests);
        Assert.Equal(("POST", "/v1/verifications"), (request.Method, request.Path));
        Assert.Equal("Bearer token-1", request.Headers["Authorization"]);
        Assert.Equal("key-1", request.Headers["Idempotency-Key"]);
        Assert.Equal("wait=3", request.Headers["Prefer"]);
        using var body = JsonDocument.Parse(request.Body);
        Assert.Equal("legalDuty", body.RootElement.GetProperty("basis").GetProperty("kind").GetString());
        Assert.Equal("businessLicence", body.RootElement.GetProperty("checks")[1].GetString());
        Assert.Contains("张三", request.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_without_a_key_sends_no_such_header()
    {
        await using var gateway = await GatewayStub.StartAsync();

        await gateway.Client().VerifyAsync(new VerificationRequest());

        var headers = Assert.Single(gateway.ApiRequests).Headers;
        Assert.False(headers.ContainsKey("Idempotency-Key"));
        Assert.False(headers.ContainsKey("Prefer"));
    }

    [Fact]
    public async Task Every_other_method_reaches_its_path()
    {
        await using var gateway = await GatewayStub.StartAsync();
        gateway.OnCall = context =>
            GatewayStub.JsonAsync(
                context,
                context.Request.Method == "POST" ? 201 : 200,
                context.Request.Path.StartsWithSegments("/v1/verifications", StringComparison.Ordinal)
                    ? Answers.Verification
                    : Answers.Application
            );
        var client = gateway.Client();

        await client.GetVerificationAsync("vrf_1");
        var applied = await client.ApplyAsync(new ApplicationRequest(), "k");
        await client.GetApplicationAsync("app_1");
        await client.AddMaterialAsync("app_1", new MaterialRequest { Proof = "title" }, "k2");
        await client.AddCommitmentAsync("app_1", new CommitmentRequest { Proof = "title" }, "k3");
        await client.WithdrawAsync("app_1", new WithdrawRequest { Reason = "r" }, "k4");

        Assert.Equal(DecisionOutcome.ZeroCertificate, applied.Decision.Outcome);
        Assert.Equal("resident-low-voltage", Assert.Single(applied.Limits).Name);
        Assert.Equal(
            [
                "GET /v1/verifications/vrf_1",
                "POST /v1/applications",
                "GET /v1/applications/app_1",
                "POST /v1/applications/app_1/materials",
                "POST /v1/applications/app_1/commitments",
                "POST /v1/applications/app_1/withdraw",
            ],
            gateway.ApiRequests.Select(request => $"{request.Method} {request.Path}")
        );
    }

    [Fact]
    public async Task A_number_cannot_leave_its_place_in_the_path()
    {
        await using var gateway = await GatewayStub.StartAsync();
        var target = string.Empty;
        gateway.OnCall = context =>
        {
            target = context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()!.RawTarget;
            return GatewayStub.JsonAsync(context, 200, Answers.Application);
        };

        await gateway.Client().GetApplicationAsync("../verifications/vrf_1?x=#");

        Assert.Equal("/v1/applications/..%2Fverifications%2Fvrf_1%3Fx%3D%23", target);
    }

    [Fact]
    public async Task A_member_that_a_newer_gateway_adds_is_skipped()
    {
        await using var gateway = await GatewayStub.StartAsync();
        gateway.OnCall = context =>
            GatewayStub.JsonAsync(
                context,
                200,
                Answers.Verification.Replace(
                    "{ \"verificationId\"",
                    "{ \"new\":1, \"verificationId\"",
                    StringComparison.Ordinal
                )
            );

        Assert.Equal("vrf_1", (await gateway.Client().GetVerificationAsync("vrf_1")).VerificationId);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using var gateway = await GatewayStub.StartAsync();
        gateway.OnCall = context =>
        {
            context.Response.Redirect("/elsewhere");
            return Task.CompletedTask;
        };

        await Assert.ThrowsAsync<IntegrationBadResponseException>(() => gateway.Client().GetVerificationAsync("vrf_1"));

        Assert.Single(gateway.ApiRequests);
    }
}
