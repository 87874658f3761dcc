using Mempulse.Primitives;
using Microsoft.Extensions.Logging;

namespace Mempulse.Grains.Rules;

internal sealed partial class RulesHost
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Chain {Chain}: registry {Hash} of {Path} in force, {Contracts} contracts and {Selectors} selectors")]
    private static partial void LogInForce(ILogger logger, ChainId chain, Hash256 hash, string path, int contracts, int selectors);

    [LoggerMessage(Level = LogLevel.Information, Message = "Chain {Chain}: strategies {Strategies}, scored by {Profile}")]
    private static partial void LogChosen(ILogger logger, ChainId chain, string strategies, string profile);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The registry before stays in force: {Reason}")]
    private static partial void LogNotInForce(ILogger logger, string reason);
}
