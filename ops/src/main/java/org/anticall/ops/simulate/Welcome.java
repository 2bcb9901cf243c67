package org.anticall.ops.simulate;

import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.anticall.ops.OpsServer;

/**
 * What somebody who looks at a demo must know.
 *
 * @param inBrowser whether calls can be answered in the browser
 * @param spare the phone account that no simulated operator uses
 */
record Welcome(OpsServer centre, Path state, DemoFiles.Phone spare, double rate, boolean inBrowser) {

    void print(PrintStream out) {
        InetSocketAddress http = centre.httpAddress();
        out.println();
        out.println("  Console   http://" + http.getHostString() + ":" + http.getPort() + "/");
        if (centre.newAccounts().isEmpty()) {
            out.println("  Accounts  as printed when " + state + " was first used");
        }
        centre.newAccounts()
                .forEach(account -> out.printf("  Account   %-12s password %s%n", account.name(), account.password()));
        if (inBrowser) {
            out.println("  Calls     sign in as operator and press Ready: the next suspect call rings in the browser");
        } else {
            out.println("  Calls     are taken by simulated phones. To answer them in the browser install rtpengine");
            out.println("            (Debian: apt install rtpengine-daemon) and start the demo again");
        }
        out.println("  Phone     register a softphone of your own as " + spare.user() + ", password " + spare.password()
                + ", to take calls");
        out.println("  Files     " + state);
        out.println("  Traffic   " + rate + " calls a second, of which a few per cent are suspect; Ctrl-C ends it");
        out.println();
        out.flush();
    }
}
