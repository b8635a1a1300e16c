using Integration.Gateway.Platform.Http;
using Integration.Gateway.Sharing.Answering;
using Yarp.ReverseProxy.Transforms;
using Yarp.ReverseProxy.Transforms.Builder;

namespace Integration.Gateway.Sharing.Forwarding;

/// <summary>
/// What happens to a request and an answer on their way through the forwarder: on the way out it is addressed and signed as the
/// agency demands, on the way back it is filtered. Nothing is copied by itself, in either direction.
/// </summary>
internal sealed class ShareTransforms(AnswerReceiver receiver) : ITransformProvider
{
    public void ValidateRoute(TransformRouteValidationContext context) { }

    public void ValidateCluster(TransformClusterValidationContext context) { }

    public void Apply(TransformBuilderContext context)
    {
        context.CopyRequestHeaders = false;
        context.CopyResponseHeaders = false;
        context.CopyResponseTrailers = false;
        context.UseDefaultForwarders = false;
        context.AddRequestTransform(SignAsync);
        context.AddResponseTransform(ReceiveAsync);
    }

    private static async ValueTask SignAsync(RequestTransformContext context)
    {
        var call = context.HttpContext.GetShareCall();
        var request = context.ProxyRequest;
        request.Method = call.Method;
        request.RequestUri = call.AddressAt(context.DestinationPrefix);
        foreach (
            var (name, values) in context.HttpContext.Request.Headers.Where(header =>
                HeaderLists.RequestPasses(header.Key)
            )
        )
        {
            request.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
        }

        // The forwarder takes no other content than its own; the one that was signed is put in its place behind it.
        var own = request.Content;
        request.Content = null;
        if (await call.Operation.Service.SignAsync(request, call.Forwarded, context.CancellationToken) is { } failure)
        {
            call.Received = new Received.Failed(failure);
            context.HttpContext.Response.StatusCode = StatusCodes.Status502BadGateway; // ends the forwarding
        }

        SignedContent.Keep(request, call);
        request.Content = own;
    }

    private async ValueTask ReceiveAsync(ResponseTransformContext context)
    {
        context.SuppressResponseBody = true;
        if (context.ProxyResponse is { } answer)
        {
            var call = context.HttpContext.GetShareCall();
            call.Received = await receiver.ReceiveAsync(context.HttpContext, call, answer);
        }
    }
}
