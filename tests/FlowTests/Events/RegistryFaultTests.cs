using System.Net;
using Integration.Contracts.V1.Applications;
using Integration.Contracts.V1.Events;
using Integration.Contracts.V1.JointApplications;
using Integration.Contracts.V1.Verifications;
using Integration.Testing.Drivers;
using Integration.Testing.World;

namespace Integration.FlowTests.Events;

/// <summary>What a transfer has to say; everything that is wrong comes at once, at its place.</summary>
public sealed class RegistryFaultTests(SharedHost shared) : IClassFixture<SharedHost>
{
    [Fact]
    public async Task All_faults_come_at_once_by_the_rules_of_the_form()
    {
        var faults = await FaultsOfAsync(
            RegistryEvents
                .Transferred(Utility.Water, Utility.Water)
                .With(transfer =>
                    transfer with
                    {
                        Applicant = new ApplicantInput
                        {
                            Person = new PersonInput { Name = "", IdNumber = "1" },
                        },
                        Agent = new AgentInput { Name = "李四", IdNumber = "2" },
                        Basis = transfer.Basis! with { Reference = null },
                        Premises = transfer.Premises! with { Address = null, UnitNumber = "4210" },
                        Former = transfer.Former! with
                        {
                            Holder = null,
                            Accounts = [new AccountInput { Utility = Utility.Water, Account = "户号" }],
                        },
                        Utilities =
                        [
                            transfer.Utilities![0] with
                            {
                                Need = new() { Outlets = 2 },
                            },
                            transfer.Utilities[1],
                        ],
                    }
                ) with
            {
                Time = null,
            }
        );
        Assert.Equal(
            [
                "/data/transfer/agent/idNumber length",
                "/data/transfer/applicant/person/idNumber length",
                "/data/transfer/applicant/person/name missing",
                "/data/transfer/basis/reference missing",
                "/data/transfer/former/accounts/0/account pattern",
                "/data/transfer/former/holder missing",
                "/data/transfer/premises/address missing",
                "/data/transfer/premises/unitNumber length",
                "/data/transfer/utilities/0/need/outlets unexpected",
                "/data/transfer/utilities/1 duplicate",
                "/time missing",
            ],
            faults
        );
    }

    [Fact]
    public async Task A_transfer_stands_alone_and_names_its_property()
    {
        var enterprise = MunicipalEvents.Opened().Data!;
        var transferred = RegistryEvents.Transferred(Utility.Water);
        var untitled = transferred.With(transfer =>
            transfer with
            {
                Premises = transfer.Premises! with { UnitNumber = null, CertificateNumber = null },
            }
        );
        Assert.Equal(
            [
                "/data/consent unexpected",
                "/data/enterprise unexpected",
                "/data/premises unexpected",
                "/data/programmeVersion unexpected",
                "/data/transfer/premises/unitNumber missing",
                "/data/utilities unexpected",
            ],
            await FaultsOfAsync(untitled with { Data = enterprise with { Transfer = untitled.Data!.Transfer } })
        );
        Assert.Equal(["/data/transfer missing"], await FaultsOfAsync(transferred with { Data = new EventData() }));
        Assert.Equal(
            ["/data/transfer/premises missing"],
            await FaultsOfAsync(transferred.With(transfer => transfer with { Premises = null }))
        );
        Assert.Equal(["/data missing"], await FaultsOfAsync(transferred with { Data = null }));
    }

    [Fact]
    public async Task An_opening_holds_no_transfer()
    {
        var opened = MunicipalEvents.Opened();
        var transfer = RegistryEvents.Transferred(Utility.Water).Data!.Transfer;
        var faults = await FaultsOfAsync(opened with { Data = opened.Data! with { Transfer = transfer } });
        Assert.Equal(["/data/transfer unexpected"], faults);
    }

    [Fact]
    public async Task Without_a_tick_the_rest_is_judged_all_the_same()
    {
        var faults = await FaultsOfAsync(
            RegistryEvents.Transferred().With(transfer => transfer with { Applicant = null, Utilities = null })
        );
        Assert.Equal(["/data/transfer/applicant missing"], faults);
    }

    private async Task<IReadOnlyList<string>> FaultsOfAsync(EventInput input)
    {
        using var municipal = shared.Host.Municipal();
        using var answer = await municipal.SendAsync(input);
        var problem = await HallDriver.ProblemOfAsync(answer);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "event-invalid"), (answer.StatusCode, problem.Code));
        return [.. problem.Errors!.Select(fault => $"{fault.Pointer} {fault.Code}").Order(StringComparer.Ordinal)];
    }
}
