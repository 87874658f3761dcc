using Microsoft.Extensions.Logging;

namespace Mempulse.Api.Problems;

internal sealed partial class GrainFailureHandler
{
    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed")]
    private static partial void RequestFailed(ILogger logger, string method, string path, Exception failure);
}
