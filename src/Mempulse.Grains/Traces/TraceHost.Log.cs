using Mempulse.Primitives;
using Microsoft.Extensions.Logging;

namespace Mempulse.Grains.Traces;

internal sealed partial class TraceHost
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Chain {Chain}: traces are exported to {Endpoint}")]
    private static partial void LogExporting(ILogger logger, ChainId chain, Uri endpoint);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Chain {Chain}: traces are not exported now. {Problem}")]
    private static partial void LogNotExported(ILogger logger, ChainId chain, string problem);

    [LoggerMessage(Level = LogLevel.Information, Message = "Chain {Chain}: traces are exported again")]
    private static partial void LogContinued(ILogger logger, ChainId chain);
}
