using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;

namespace Husai.AcceptanceTests.Study.Slurm;

/// <summary>
/// A Slurm of one node, with everything in one folder: a munged of its own, slurmctld and slurmd on free ports, and no accounting.
/// </summary>
public sealed class SlurmCluster : IDisposable
{
    internal static readonly string[] Programs =
        ["/usr/sbin/slurmctld", "/usr/sbin/slurmd", "/usr/sbin/munged", "/usr/bin/sbatch", "/usr/bin/scontrol"];

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly string _folder = Directory.CreateTempSubdirectory("husai-slurm-").FullName;
    private bool _isUp;
    private string? _problem;

    /// <summary>What a client needs to find the cluster.</summary>
    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string> { ["SLURM_CONF"] = Configuration };

    private string Configuration => Path.Combine(_folder, "slurm.conf");

    private string MungeSocket => Path.Combine(_folder, "munge", "socket");

    /// <summary>Starts the daemons, once. The test is skipped where they do not come up: that is the machine's, not ours.</summary>
    public void Start()
    {
        if (_isUp || OperatingSystem.IsWindows())
        {
            return;
        }

        if (_problem is null)
        {
            try
            {
                StartDaemons();
                _isUp = true;
            }
            catch (Exception error) when (error is TimeoutException or Win32Exception)
            {
                _problem = $"Slurm does not start on this machine: {LastLine("slurmctld")}; {LastLine("slurmd")}; {LastLine("munged")}";
            }
        }

        Assert.SkipUnless(_isUp, _problem ?? "");
    }

    [UnsupportedOSPlatform("windows")]
    private void StartDaemons()
    {
        foreach (var name in new[] { "munge", "state", "spool", "run" })
        {
            Directory.CreateDirectory(Path.Combine(_folder, name));
        }

        const UnixFileMode all = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead
            | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
        File.SetUnixFileMode(_folder, all);
        File.SetUnixFileMode(Path.Combine(_folder, "munge"), all);
        var key = Path.Combine(_folder, "munge.key");
        File.WriteAllBytes(key, [.. Enumerable.Range(0, 1024).Select(index => (byte)(7 * index * index + 3))]);
        File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.WriteAllText(Configuration, ConfigurationText());
        EndDaemonsWithThisProcess();
        Run(
            Programs[2], "--force", $"--key-file={key}", $"--socket={MungeSocket}", $"--pid-file={Pid("munged")}",
            $"--log-file={Path.Combine(_folder, "munged.log")}", $"--seed-file={Path.Combine(_folder, "munge.seed")}");
        StartController();
        Run(Programs[1], "-f", Configuration, "-N", Host);
        WaitUntil(() => Run("sinfo", "-h", "-o", "%T").Trim() == "idle");
    }

    // A run of the tests that is killed must leave no daemon: a process of its own waits for it.
    private void EndDaemonsWithThisProcess()
    {
        const string watch = """
            exec </dev/null >/dev/null 2>&1
            while kill -0 "$1" 2>/dev/null && [ -d "$2" ]; do sleep 1; done
            for file in "$2"/run/*.pid; do [ -f "$file" ] && kill "$(cat "$file")"; done
            sleep 5
            rm -rf "$2"
            """;
        using var watcher = Process.Start("setsid", ["bash", "-c", watch, "watcher", $"{System.Environment.ProcessId}", _folder]);
    }

    private string LastLine(string daemon) => Path.Combine(_folder, $"{daemon}.log") is var log && File.Exists(log)
        ? $"{daemon}: {File.ReadLines(log).LastOrDefault() ?? "no message"}"
        : $"{daemon}: no log";

    /// <summary>Starts the controller, with the state that it had.</summary>
    public void StartController()
    {
        Run(Programs[0], "-i", "-f", Configuration);
        WaitUntil(() => Run("scontrol", "ping").Contains("is UP", StringComparison.Ordinal));
    }

    /// <summary>Ends the controller; tasks that run continue.</summary>
    public void StopController() => End("slurmctld");

    /// <summary>Runs a command of Slurm, whatever its exit code.</summary>
    /// <returns>Its standard output.</returns>
    public string Run(string program, params string[] arguments)
    {
        // A daemon keeps the streams of its parent open: they are not read to their end.
        var isDaemon = program.StartsWith("/usr/sbin/", StringComparison.Ordinal);
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = !isDaemon };
        start.Environment["SLURM_CONF"] = Configuration;
        using var process = Process.Start(start)!;
        var output = isDaemon ? "" : process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output;
    }

    /// <summary>Waits for something that takes a while.</summary>
    /// <exception cref="TimeoutException">It does not come.</exception>
    public void WaitUntil(Func<bool> condition, TimeSpan? patience = null)
    {
        for (var waited = Stopwatch.StartNew(); !condition(); Thread.Sleep(200))
        {
            if (waited.Elapsed > (patience ?? Patience))
            {
                throw new TimeoutException($"not reached after {waited.Elapsed}; queue:\n{Run("squeue", "-a", "-r", "-t", "all")}");
            }
        }
    }

    /// <summary>Names of the tasks that run, as ARRAY_INDEX.</summary>
    public string[] RunningTasks(string jobName) => [
        .. Run("squeue", "-h", "-r", "-t", "RUNNING", $"--name={jobName}", "-o", "%F_%K")
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    /// <summary>Tasks that wait, run or are about to end.</summary>
    public int LiveTasks(string jobName) =>
        Run("squeue", "-h", "-r", $"--name={jobName}", "-o", "%T").Split('\n', StringSplitOptions.RemoveEmptyEntries).Length;

    /// <summary>Ends all jobs and daemons.</summary>
    public void Dispose()
    {
        if (_isUp)
        {
            Run("scancel", "--me");
        }

        foreach (var daemon in new[] { "slurmd", "slurmctld", "munged" })
        {
            End(daemon);
        }

        Directory.Delete(_folder, recursive: true);
    }

    private static string Host => System.Environment.MachineName.Split('.')[0];

    private string Pid(string daemon) => Path.Combine(_folder, "run", $"{daemon}.pid");

    private void End(string daemon)
    {
        if (!File.Exists(Pid(daemon)))
        {
            return;
        }

        try
        {
            var id = int.Parse(File.ReadAllText(Pid(daemon)).Trim(), CultureInfo.InvariantCulture);
            using var process = Process.GetProcessById(id);
            if (process.ProcessName == daemon)
            {
                using var kill = Process.Start("kill", [$"{id}"]);
                kill.WaitForExit();
                if (!process.WaitForExit(TimeSpan.FromSeconds(10)))
                {
                    process.Kill();
                }
            }
        }
        catch (Exception gone) when (gone is ArgumentException or FormatException or IOException)
        {
            // It has ended.
        }
    }

    private string ConfigurationText()
    {
        var (controller, node) = (FreePort(), FreePort());
        var hardware = Run("slurmd", "-C").Split('\n')[0].Split(' ', 2)[1];
        string Local(string name) => Path.Combine(_folder, name);
        string[] lines =
        [
            "ClusterName=tests", $"SlurmctldHost={Host}(127.0.0.1)", $"SlurmctldPort={controller}", $"SlurmdPort={node}",
            "SlurmUser=root", "SlurmdUser=root",
            "AuthType=auth/munge", "CredType=cred/munge",

            // A task that is queued again waits until its credential has expired.
            $"AuthInfo=socket={MungeSocket},cred_expire=5",
            $"StateSaveLocation={Local("state")}", $"SlurmdSpoolDir={Local("spool")}",
            $"SlurmctldPidFile={Pid("slurmctld")}", $"SlurmdPidFile={Pid("slurmd")}",
            $"SlurmctldLogFile={Local("slurmctld.log")}", $"SlurmdLogFile={Local("slurmd.log")}",
            "ProctrackType=proctrack/linuxproc", "TaskPlugin=task/none", "JobAcctGatherType=jobacct_gather/none",
            "AccountingStorageType=accounting_storage/none", "JobCompType=jobcomp/none", "MpiDefault=none", "SwitchType=switch/none",
            "MailProg=/bin/true", "SelectType=select/cons_tres", "SelectTypeParameters=CR_Core", "SchedulerType=sched/backfill",
            "SchedulerParameters=sched_interval=1,bf_interval=1,batch_sched_delay=0",
            "ReturnToService=2", "MinJobAge=600", "MaxArraySize=2", "KillWait=5", "MessageTimeout=2",
            $"NodeName={Host} NodeAddr=127.0.0.1 {hardware} State=UNKNOWN",
            "PartitionName=main Nodes=ALL Default=YES MaxTime=INFINITE State=UP",
        ];
        return string.Join('\n', lines) + "\n";
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
