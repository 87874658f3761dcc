using Mempulse.Primitives;
using Microsoft.Extensions.Logging;

namespace Mempulse.Grains.Bundles;

internal sealed partial class BundleGrain
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Chain {Chain}: bundle {Bundle} cannot go on at {Relay}: {Problem}")]
    private static partial void LogProblem(ILogger logger, ChainId chain, Hash256 bundle, string relay, string problem);
}
