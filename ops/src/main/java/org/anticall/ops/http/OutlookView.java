package org.anticall.ops.http;

import java.util.LinkedHashMap;
import java.util.Map;
import org.anticall.ops.desk.Outlook;
import org.anticall.ops.desk.Outlook.QueueState;

/** How the shift goes, as the wallboard gets it: times in seconds, shares from 0 to 1, null where nothing is known. */
final class OutlookView {

    private OutlookView() {}

    static Map<String, Object> of(Outlook outlook) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("callsAnHour", rounded(outlook.callsAnHour()));
        view.put("handlingSeconds", outlook.handling().toSeconds());
        view.put("load", rounded(outlook.load()));
        view.put("atWork", outlook.atWork());
        view.put("expectedWaitSeconds", outlook.expectedWait().toSeconds());
        view.put("expectedInTime", outlook.expectedInTime());
        view.put("seatsWanted", outlook.seatsWanted());
        view.put("inTime", Double.isNaN(outlook.inTime()) ? null : outlook.inTime());
        view.put("queues", outlook.queues().stream().map(OutlookView::queue).toList());
        return view;
    }

    private static Map<String, Object> queue(QueueState queue) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("name", queue.name());
        view.put("value", queue.value());
        view.put("waiting", queue.waiting());
        view.put("answered", queue.answered());
        view.put("atWork", queue.atWork());
        view.put("ready", queue.ready());
        view.put("longestWaitSeconds", queue.longestWait().toSeconds());
        return view;
    }

    private static double rounded(double value) {
        return Math.round(value * 100) / 100.0;
    }
}
