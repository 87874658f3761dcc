using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Mempulse.AppHost;

/// <summary>Says on start what this machine cannot run.</summary>
internal static partial class LeftOut
{
    /// <summary>Writes one line when the deployment starts.</summary>
    /// <param name="builder">The deployment.</param>
    /// <param name="part">What is left out.</param>
    /// <param name="reason">Why, and what the user can do.</param>
    public static void Say(IDistributedApplicationBuilder builder, string part, string reason) =>
        builder.Eventing.Subscribe<BeforeStartEvent>((start, _) =>
        {
            LogLeftOut(start.Services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(LeftOut).Namespace!), part, reason);
            return Task.CompletedTask;
        });
}
