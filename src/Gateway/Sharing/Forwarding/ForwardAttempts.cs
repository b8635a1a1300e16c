using System.Collections.Concurrent;
using Integration.Adapters.Ports;
using Integration.Gateway.Limits;
using Integration.Gateway.Sharing.Answering;
using Polly;
using Polly.Retry;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Model;

namespace Integration.Gateway.Sharing.Forwarding;

/// <summary>
/// The attempts of one request: within a place at the agency, each signed afresh, at another address when there is one. A
/// request is sent again only when it is repeatable and the failure may pass by itself, or once when the agency refused
/// the key and so did nothing.
/// </summary>
internal sealed class ForwardAttempts(IAgencyGates gates, TimeProvider time)
{
    private static readonly ResiliencePropertyKey<ShareCall> s_call = new("integration.share-call");

    private readonly ConcurrentDictionary<int, ResiliencePipeline<Received>> _pipelines = [];

    public async Task<Received> Run(HttpContext http, ShareCall call, RequestDelegate forward)
    {
        using var place = await gates.Enter(call.Operation.Agency.Name, http.GetPriority(), http.RequestAborted);
        if (place.Failure is { } noPlace)
        {
            return new Received.Failed(noPlace, place.RetryAfter);
        }

        var context = ResilienceContextPool.Shared.Get(http.RequestAborted);
        context.Properties.Set(s_call, call);
        try
        {
            return await PipelineOf(call)
                .ExecuteAsync(
                    static async (_, way) => await Attempt(way.http, way.call, way.forward),
                    context,
                    (http, call, forward)
                );
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private static async Task<Received> Attempt(HttpContext http, ShareCall call, RequestDelegate forward)
    {
        var received = await Send(http, call, forward);
        if (received is not Received.KeyRefused)
        {
            return received;
        }

        return await Send(http, call, forward) is not Received.KeyRefused and var again
            ? again
            : new Received.Failed(AgencyFailures.KeyRefused);
    }

    private static async Task<Received> Send(HttpContext http, ShareCall call, RequestDelegate forward)
    {
        call.Received = null;
        http.Features.Set<IForwarderErrorFeature>(null);
        var proxy = http.GetReverseProxyFeature();
        proxy.AvailableDestinations = Untried(proxy, call);
        await forward(http);
        http.RequestAborted.ThrowIfCancellationRequested();
        return call.Received ?? new Received.Failed(ForwarderFailure.Of(http.GetForwarderErrorFeature(), call));
    }

    /// <summary>An address that failed this request is asked last.</summary>
    private static IReadOnlyList<DestinationState> Untried(IReverseProxyFeature proxy, ShareCall call)
    {
        if (proxy.ProxiedDestination is { } tried)
        {
            call.Tried.Add(tried.DestinationId);
        }

        var available = proxy.Route.Cluster!.DestinationsState.AvailableDestinations;
        var untried = available.Where(destination => !call.Tried.Contains(destination.DestinationId)).ToList();
        return untried.Count > 0 ? untried : available;
    }

    private ResiliencePipeline<Received> PipelineOf(ShareCall call)
    {
        var retries = call.Operation.Entry.Repeatable ? call.Operation.Agency.Retries : 0;
        return retries == 0 ? ResiliencePipeline<Received>.Empty : _pipelines.GetOrAdd(retries, Build);
    }

    private ResiliencePipeline<Received> Build(int retries) =>
        new ResiliencePipelineBuilder<Received> { TimeProvider = time }
            .AddRetry(
                new RetryStrategyOptions<Received>
                {
                    MaxRetryAttempts = retries,
                    Delay = TimeSpan.FromMilliseconds(50),
                    BackoffType = DelayBackoffType.Exponential,
                    UseJitter = true,
                    ShouldHandle = arguments =>
                        ValueTask.FromResult(
                            arguments.Outcome.Result is Received.Failed failed
                                && AgencyFailures.MayPass(failed.Failure)
                                && arguments.Context.Properties.GetValue(s_call, null!).Deadline > time.GetUtcNow()
                        ),
                }
            )
            .Build();
}
