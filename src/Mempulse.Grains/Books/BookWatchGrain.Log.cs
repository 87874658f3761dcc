using Mempulse.Primitives;
using Microsoft.Extensions.Logging;

namespace Mempulse.Grains.Books;

internal sealed partial class BookWatchGrain
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Chain {Chain}: pools cannot be read. {Problem}")]
    private static partial void LogProblem(ILogger logger, ChainId chain, string problem);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Chain {Chain}: lending markets cannot be read. {Problem}")]
    private static partial void LogMarketProblem(ILogger logger, ChainId chain, string problem);
}
