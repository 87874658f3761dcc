using Microsoft.Extensions.DependencyInjection;

namespace Mempulse.AppHost.Scraping;

/// <summary>Prometheus, where it is installed: it reads the metrics of every process and evaluates the project's rules.</summary>
internal static class Prometheus
{
    private const string Program = "prometheus";
    private const string Targets = "targets.json";

    /// <summary>Adds it, or says that it is not installed.</summary>
    public static void AddPrometheus(this IDistributedApplicationBuilder builder, RunDirectory directory)
    {
        if (!IsInstalled())
        {
            LeftOut.Say(builder, "Prometheus", "it is not on the PATH.");
            return;
        }

        string folder = directory.Of(Program);
        string configuration = Path.Combine(folder, "prometheus.yml");
        string rules = Path.GetFullPath(Path.Combine(builder.AppHostDirectory, "../infra/prometheus"));
        builder.Services.AddHostedService(services => ActivatorUtilities.CreateInstance<ScrapeTargets>(services, Path.Combine(folder, Targets)));
        var prometheus = builder.AddExecutable(Program, Program, folder, $"--config.file={configuration}", $"--storage.tsdb.path={Path.Combine(folder, "data")}")
            .WithHttpEndpoint(name: "http")
            .WithHttpHealthCheck("/-/ready")
            .OnBeforeResourceStarted((_, _, cancellationToken) =>
            {
                Directory.CreateDirectory(folder);
                return File.WriteAllTextAsync(configuration, Configuration(folder, rules), cancellationToken);
            });
        var port = prometheus.GetEndpoint("http").Property(EndpointProperty.TargetPort);
        prometheus.WithArgs(arguments => arguments.Args.Add(ReferenceExpression.Create($"--web.listen-address=127.0.0.1:{port}")));
    }

    private static bool IsInstalled() => (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator).Any(static folder =>
        File.Exists(Path.Combine(folder, Program)) || File.Exists(Path.Combine(folder, Program + ".exe")));

    private static string Configuration(string folder, string rules) => $"""
        global:
          scrape_interval: 5s
          evaluation_interval: 5s
        rule_files:
          - {rules}/*.rules.yml
        scrape_configs:
          - job_name: mempulse
            file_sd_configs:
              - files: [{Path.Combine(folder, Targets)}]
                refresh_interval: 5s
        """;
}
