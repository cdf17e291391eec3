using System.Globalization;

namespace Parker.ControlFs.Tests.Mounted;

/// <summary>A shell script in which sixteen processes do to five partitions and to the root what comes to their minds, and which then takes away what is left. It says whether a partition was ever started, and what is there in the end.</summary>
internal static class RandomOperations
{
    /// <summary>The script, to be run in the root of a tree with CPUs 1 to 7; it fails where something cannot be taken away.</summary>
    /// <param name="seconds">How long.</param>
    public static string Script(int seconds) => $$"""
        started=$(mktemp)
        one() {
            end=$(( $(date +%s) + {{seconds.ToString(CultureInfo.InvariantCulture)}} )); n=$1
            while [ $(date +%s) -lt $end ]; do
                n=$(( (n * 1103515245 + 12345) % 2147483648 )); s=s$(( n / 65536 % 5 ))
                case $(( n / 1048576 % 14 )) in
                    0|1) mkdir $s ;; 2) rmdir $s ;; 3) echo $(( n % 7 + 1 )) > $s/cpus ;; 4) echo 512M > $s/memory ;;
                    5) echo /boot/vmlinuz > $s/kernel ;; 6) echo 1 > $s/online && echo $s >> $started ;; 7) echo 0 > $s/online ;;
                    8) cat $s/* ;; 9) find . ;; 10) echo 0000:01:00.0 > $s/bind; ls -l $s/devices ;;
                    11) echo always > $s/restart; echo never > $s/restart ;; 12) echo '[[partition]]' > plan; cat plan check ;; 13) timeout 0.1 cat $s/state $s/log topology ;;
                esac > /dev/null 2>&1
            done
        }
        for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16; do one $i & done; wait
        [ -s $started ] && printf 'started '; rm $started
        for s in s[0-4]; do [ -d $s ] || continue; echo 0 > $s/online; rmdir $s || exit 1; done; ls | tr '\n' ' '
        """;
}
