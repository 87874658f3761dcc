using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace Mempulse.Grains.Hosting;

/// <summary>Failures that grains throw to callers on other silos and to clients.</summary>
internal static class CrossingFailures
{
    /// <summary>
    /// Lets the project's exceptions and those of the database driver cross as themselves, with type and message. Without it a caller elsewhere gets
    /// <see cref="CodecNotFoundException"/> instead: Orleans sends exceptions of known namespaces only.
    /// </summary>
    public static IServiceCollection AddCrossingFailures(this IServiceCollection services) => services.Configure<ExceptionSerializationOptions>(static options =>
    {
        options.SupportedNamespacePrefixes.Add(nameof(Mempulse));
        options.SupportedNamespacePrefixes.Add("Npgsql");
    });
}
